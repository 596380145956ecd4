"""How the routes of sessions are described: bodies, headers, and every status they can answer with."""

from typing import Any

from app.description import ANY_REQUEST, WITH_BODY, answers, ref

Extra = dict[str, Any]
_RECIPE = {
    "network": {
        "inputs": 2,
        "layers": [{"size": 8, "activation": "tanh"}, {"size": 2, "activation": "softmax"}],
        "cost": "cross_entropy",
    },
    "data": {"name": "circles", "count": 200},
    "training": {"learning_rate": 0.1, "batch_size": 10},
}
_EXAMPLES: dict[str, Any] = {
    "PatchRequest": {"training": {"learning_rate": 0.05}},
    "MoveRequest": {"count": 10},
    "StartRequest": {"speed": None},
    "StepsRequest": {"by": "equation", "count": 3},
}
_FINDING = (404, 410, 429, 503)
_REVISION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The revision the change is about, in quotes.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,15}"$'},
    "example": '"0"',
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "New for every change; a repetition with the same key is answered as before and changes nothing.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,128}$"},
}


def creates() -> Extra:
    """The description of the operation that makes a session."""
    statuses = [*ANY_REQUEST, *WITH_BODY, 410, 429, 503, 507]
    return {
        "openapi_extra": {**_body("SessionRequest", _RECIPE), "parameters": [_KEY]},
        "responses": answers(_json("SessionAnswer"), statuses, body=True, status=201),
        "status_code": 201,
    }


def reads(shape: str, *, computes: bool = False, invalid: bool = False) -> Extra:
    """The description of an operation that reads a session; a wrong value in its query is 422."""
    statuses = [*ANY_REQUEST, *_FINDING, 507, *((422,) if computes or invalid else ())]
    return {"responses": answers(_json(shape), statuses, body=False)}


def asks(body: str, shape: str, **example: Any) -> Extra:
    """The description of an operation that asks a session with a body, and changes nothing."""
    statuses = [*ANY_REQUEST, *WITH_BODY, *_FINDING, 507]
    return {
        "openapi_extra": _body(body, example),
        "responses": answers(_json(shape), statuses, body=True),
    }


def drives(body: str | None, shape: str = "SessionAnswer", status: int = 200) -> Extra:
    """The description of an operation that changes a session."""
    statuses = [*ANY_REQUEST, *WITH_BODY, *_FINDING, 412, 428, 507]
    content = {} if body is None else _body(body, _EXAMPLES[body])
    return {
        "openapi_extra": {**content, "parameters": [_REVISION, _KEY]},
        "responses": answers(_json(shape), statuses, body=True, status=status),
        "status_code": status,
    }


def _json(shape: str) -> Extra:
    return {"application/json": {"schema": ref(shape)}}


def _body(name: str, example: Any) -> Extra:
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref(name), "example": example}}}
    }
