"""What a frame holds is what a run holds that stands at the very update, picture by picture."""

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
from pydantic import TypeAdapter

from app.answers import encode
from app.sessions.frame_shapes import FrameAnswer
from backprop_core import Run, pictures
from tests.app.driving import run_of
from tests.app.viewing import ENDLESS, WANTS, Frame, Served, is_over, stopping


def plain(value: Any) -> Any:
    return orjson.loads(encode(value))


def judge_parts(frame: Frame, recipe: dict[str, Any]) -> None:
    """Every picture is that of a run standing where the frame says the picture is of."""
    makers: dict[str, Callable[[Run], Any]] = {
        "layers": pictures.neurons,
        "edges": lambda run: pictures.strongest_edges(run, 300),
        "maps": lambda run: pictures.maps(run, 6),
        "histograms": lambda run: pictures.histograms(run, 8),
        "confusion": pictures.confusion,
        "tile": lambda run: {"neuron": 1, "values": pictures.tile(run, 1)},
    }
    assert set(makers) | {"boundary", "mistakes"} <= set(frame["parts"])
    for name, update in frame["parts"].items():
        run = run_of(recipe)
        run.move(update)
        if name in makers:
            assert frame[name] == plain(makers[name](run)), name
        if name == "boundary":
            assert frame[name]["values"] == plain(pictures.boundary(run, 12))["values"]
            train, test = pictures.wrong(run)
            assert frame[name]["wrong"] == {"train": train.tolist(), "test": test.tolist()}
        if name == "mistakes":
            assert [one["row"] for one in frame[name]] == pictures.wrong(run)[1][:5].tolist()


def test_a_frame_has_the_shape_that_is_described(served: Served) -> None:
    driver = served.training(ENDLESS)
    viewer = served.viewer(driver.id, **WANTS)
    shape = TypeAdapter(FrameAnswer)
    for frame in (viewer.next(), viewer.next(), viewer.until(lambda one: len(one["samples"]) > 0)):
        shape.validate_python(frame, strict=True, extra="forbid")
    driver.do("DELETE", "/training")
    shape.validate_python(viewer.until(lambda one: one["status"] == "paused"), strict=True, extra="forbid")


def test_pictures_are_of_the_update_they_say(served: Served) -> None:
    driver = served.training(ENDLESS, speed=2_000)
    viewer = served.viewer(driver.id, **WANTS)
    judge_parts(viewer.until(lambda frame: frame["update"] > 100), driver.last["recipe"])
    driver.do("DELETE", "/training")
    last = viewer.until(is_over)
    assert set(last["parts"].values()) == {last["update"]}
    judge_parts(last, driver.last["recipe"])


def test_samples_are_measured_where_they_say(served: Served) -> None:
    driver = served.training(stopping(300))
    viewer = served.viewer(driver.id)
    viewer.until(is_over)
    samples = [one for frame in viewer.frames for one in frame["samples"]]
    assert len({one["update"] for one in samples}) == len(samples) > 0
    assert samples[-1]["update"] == 2400
    for one in samples:
        run = run_of(driver.last["recipe"])
        run.move(one["update"])
        measures = run.measure()
        assert (one["train_cost"], one["test_accuracy"]) == (measures.train_cost, measures.test_accuracy)
        assert one["gradient_norm"] == list(measures.gradient_norm)
        assert (one["epoch"], one["learning_rate"]) == (run.epoch, run.learning_rate)


def test_the_next_frame_has_what_is_wanted_now(served: Served) -> None:
    driver = served.driver()
    viewer = served.viewer(driver.id)
    assert set(viewer.next()["parts"]) == {"next_rows"}
    viewer.say({"want": {"layers": True, "boundary": 10, "after": True}})
    frame = viewer.next()
    assert set(frame["parts"]) == {"layers", "boundary", "next_rows"}
    run = run_of(driver.last["recipe"])
    assert frame["next_rows"] == run.rows().tolist()
    run.move(1)
    assert frame["boundary"]["after"]["values"] == plain(pictures.boundary(run, 10))["values"]
    viewer.say({"want": {}})
    assert set(viewer.next()["parts"]) == {"next_rows"}


def test_divergence_is_told(served: Served) -> None:
    recipe = stopping(300, learning_rate=1e300)
    recipe["network"] = {
        "inputs": 2,
        "layers": [{"size": 3, "activation": "relu"}, {"size": 2, "activation": "identity"}],
    }
    driver = served.driver(recipe)
    viewer = served.viewer(driver.id)
    driver.do("POST", "/training", {})
    last = viewer.until(lambda frame: frame["status"] == "diverged")
    run = run_of(recipe)
    run.advance(2400)
    assert run.diverged is not None
    assert (last["update"], last["reached"]) == (run.position, run.reached)
    told = last["diverged"]
    assert (told["update"], told["layer"], told["quantity"]) == (
        run.diverged.update,
        run.diverged.layer,
        run.diverged.quantity,
    )
    assert told["sentence"]
    assert np.isfinite([one for one in viewer.costs if one is not None]).all()


def test_a_frame_alone_is_what_the_stream_sends(served: Served) -> None:
    driver = served.driver()
    driver.move(to=37)
    viewer = served.viewer(driver.id, **WANTS)
    streamed = viewer.next()
    query = "&".join(f"{name}={str(value).lower()}" for name, value in WANTS.items())
    alone = driver.ask(f"/frame?{query}", name=driver.watch)
    assert alone.status_code == 200, alone.text
    assert alone.headers["etag"] == f'"{driver.revision}"'
    same = {**alone.json(), "frame": 1}
    assert same == streamed
    assert driver.ask("/frame?known=30").json()["costs"]["from"] == 30
    assert driver.ask("/frame?boundary=121").status_code == 422
    assert driver.ask("/frame?sort=1").status_code == 422
