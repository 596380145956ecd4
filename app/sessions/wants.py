"""What a viewer wants to see beside the numbers that every frame has.

The same on a WebSocket, where it comes as a message, and in a query.
"""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict

from app.ranges import Between

Side = Annotated[int, Between(0, 120)]


class Wants(BaseModel):
    """Parts of a frame; a size of 0 leaves the part out.

    ``boundary`` and ``maps`` are the sides of pictures over two inputs, ``after`` the boundary as the next update will
    leave it; ``curve`` and ``histograms`` are numbers of points and of bins, ``edges`` and ``mistakes`` how many at
    most, ``tile`` a neuron of layer 1 whose weights are wanted as a picture.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: bool = False
    edges: Annotated[int, Between(0, 2000)] = 0
    boundary: Side = 0
    after: bool = False
    maps: Annotated[int, Between(0, 40)] = 0
    curve: Annotated[int, Between(0, 400)] = 0
    histograms: Annotated[int, Between(0, 60)] = 0
    confusion: bool = False
    mistakes: Annotated[int, Between(0, 60)] = 0
    tile: Annotated[int, Between(0)] | None = None

    @classmethod
    def read(cls, value: Any) -> Self:
        """From a message; raises ``ValidationError``."""
        return cls.model_validate(value, strict=True)
