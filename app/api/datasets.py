"""``POST /datasets/readings`` reads a table of one's own; ``GET /datasets/{name}`` draws examples of a data set.

Either gives examples as a recipe takes them. A table comes as it is, not in JSON, so that a file can be sent.
"""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.answers import answer, negotiate
from app.description import gives, takes_table
from app.readings import ExamplesQuery, ReadingQuery, named_examples, table_reading
from app.service import service

router = APIRouter(tags=["data"])
IRIS = "length,width,kind\n5.1,3.5,setosa\n7.0,3.2,versicolor\n4.9,3.0,setosa\n6.4,3.2,versicolor\n"


@router.post(
    "/datasets/readings",
    summary="A table of one's own, read",
    openapi_extra=takes_table(IRIS),
    responses=gives("Reading", body=True, computes=True),
)
async def reading(request: Request, query: Annotated[ReadingQuery, Query()]) -> Response:
    """CSV as examples to learn from, with what was found out; or every place that is wrong by line and column."""
    negotiate(request.headers.get("accept"))
    here, body = service(request), await request.body()
    return await here.lane.run(lambda: answer(table_reading(body, query, here.limits)))


@router.get(
    "/datasets/{name}",
    summary="Examples of a data set",
    responses=gives("DatasetExamples", missing=True, invalid=True, computes=True),
)
async def examples(request: Request, name: str, query: Annotated[ExamplesQuery, Query()]) -> Response:
    """The examples that a recipe with the same count, noise, classes and seed learns from, before they are split."""
    negotiate(request.headers.get("accept"))
    here = service(request)
    return await here.lane.run(lambda: answer(named_examples(name, query, here.limits)))
