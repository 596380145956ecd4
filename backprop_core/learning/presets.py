"""Presets: recipes worth watching, each with what to watch for; what its words claim is tested.

Some come in pairs that differ in one thing alone: each names the other as its twin.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.datasets import Examples
from backprop_core.learning.recipe import DataRecipe, InitializationRecipe, Recipe, Stop, Training
from backprop_core.network import LayerSpec, NetworkSpec, Parameters
from backprop_core.optimizer_spec import OptimizerSpec


@dataclass(frozen=True, slots=True)
class Preset:
    """A recipe with a title and what to watch; ``group`` is “tasks” or “lessons”, ``twin`` one to compare it with."""

    name: str
    group: str
    title: str
    words: str
    recipe: Recipe
    twin: str | None = None


def _network(sizes: tuple[int, ...], hidden: str, output: str, cost: str) -> NetworkSpec:
    layers = (*(LayerSpec(size, hidden) for size in sizes[1:-1]), LayerSpec(sizes[-1], output))
    return NetworkSpec(sizes[0], layers, cost)


def _sorter(*sizes: int, hidden: str = "tanh") -> NetworkSpec:
    return _network(sizes, hidden, "softmax", "cross_entropy")


def _judge(*sizes: int, hidden: str = "tanh") -> NetworkSpec:
    return _network(sizes, hidden, "sigmoid", "binary_cross_entropy")


def _fitter(*sizes: int, hidden: str = "tanh") -> NetworkSpec:
    return _network(sizes, hidden, "identity", "quadratic")


def _training(rate: float, batch: int | None, epochs: int, optimizer: OptimizerSpec | None = None) -> Training:
    return Training(rate, batch, optimizer or OptimizerSpec(), stop=Stop(epochs=epochs))


_ADAM = OptimizerSpec("adam")
_CIRCLES = DataRecipe("circles")

_TASKS = (
    Preset(
        "two_spirals",
        "tasks",
        "Two spirals",
        "Two arms wound into each other. The boundary stays nearly straight for some epochs, then bends around the"
        " centre; the second hidden layer holds shapes that the first one has only lines for.",
        Recipe(
            _sorter(2, 8, 8, 2),
            DataRecipe("spirals"),
            _training(0.01, 10, 62, _ADAM),
            InitializationRecipe("nielsen", 3),
        ),
    ),
    Preset(
        "xor",
        "tasks",
        "XOR",
        "Four points, and no straight line has the right ones on one side. The three hidden neurons draw lines of"
        " their own, and the output puts them together. Begun from seed 1 it gets stuck at a cost of ln 2: half of"
        " the points wrong, whatever it answers.",
        Recipe(
            _judge(2, 3, 1),
            DataRecipe("xor", test_share=0.0),
            _training(0.5, 1, 60),
            InitializationRecipe("xavier_normal", 3),
        ),
    ),
    Preset(
        "circles",
        "tasks",
        "A disc in a ring",
        "Four hidden neurons, four lines: together they fence the disc in. Each neuron's map shows which side it"
        " holds.",
        Recipe(_judge(2, 4, 1), _CIRCLES, _training(0.3, 10, 40), InitializationRecipe()),
    ),
    Preset(
        "sine",
        "tasks",
        "A sine to follow",
        "A value instead of a class: the curve bends towards the points, the middle first and the ends last.",
        Recipe(
            _fitter(1, 8, 1),
            DataRecipe("sine"),
            _training(0.05, 10, 60, OptimizerSpec("momentum")),
            InitializationRecipe(),
        ),
    ),
    Preset(
        "iris",
        "tasks",
        "Three kinds of iris",
        "Four lengths, three kinds. One kind stands apart and is learned in the first epochs; the other two overlap,"
        " and what stays wrong lies between them in the confusion matrix.",
        Recipe(_sorter(4, 6, 3), DataRecipe("iris"), _training(0.1, 10, 40), InitializationRecipe()),
    ),
    Preset(
        "digits",
        "tasks",
        "Handwritten digits, 8 × 8",
        "Ninety-five of a hundred unseen digits after five epochs. Look at those it still gets wrong: many are hard"
        " for a reader too.",
        Recipe(_sorter(64, 30, 10), DataRecipe("digits"), _training(1.0, 32, 20), InitializationRecipe()),
    ),
    Preset(
        "digits_28",
        "tasks",
        "Handwritten digits, 28 × 28",
        "The size of the classic set: 784 inputs, 23 860 weights and biases, and the same equations.",
        Recipe(
            _sorter(784, 30, 10, hidden="sigmoid"),
            DataRecipe("digits_28", scaling="unit"),
            _training(0.5, 10, 10),
            InitializationRecipe(),
        ),
    ),
)


def _saturated_neuron(cost: str) -> Recipe:
    """Nielsen's neuron that is very wrong at first: w = b = 2, so that 1 gives 0.98 where 0 is wanted."""
    one = Examples(np.array([[1.0]]), ("x",), np.array([0]), ("0", "1"))
    return Recipe(
        _network((1, 1), "sigmoid", "sigmoid", cost),
        DataRecipe(examples=one, test_share=0.0, scaling="none"),
        _training(0.15, None, 300),
        parameters=Parameters((np.array([[2.0]]),), (np.array([2.0]),)),
    )


def _deep(hidden: str, scheme: str) -> Recipe:
    network = _sorter(2, 8, 8, 8, 8, 8, 8, 2, hidden=hidden)
    return Recipe(network, _CIRCLES, _training(0.1, 10, 40), InitializationRecipe(scheme, 1))


def _from(scheme: str) -> Recipe:
    return Recipe(_judge(2, 4, 1, hidden="sigmoid"), _CIRCLES, _training(1.0, 10, 40), InitializationRecipe(scheme, 1))


def _few_points(optimizer: OptimizerSpec) -> Recipe:
    points = DataRecipe("moons", count=60, noise=0.35, test_share=0.5, seed=3)
    return Recipe(_sorter(2, 30, 30, 2), points, _training(0.01, 10, 200, optimizer), InitializationRecipe())


def _along_the_sine(optimizer: OptimizerSpec) -> Recipe:
    return Recipe(_fitter(1, 8, 1), DataRecipe("sine"), _training(0.05, 10, 40, optimizer), InitializationRecipe())


_LESSONS = (
    Preset(
        "slow_quadratic",
        "lessons",
        "A slow start: the quadratic cost",
        "One neuron, very wrong at first: it answers 0.98 where 0 is wanted. Its σ′ is almost 0 there, δ = (a − y)"
        " σ′ with it, and for a hundred updates hardly anything happens, though the mistake could not be larger.",
        _saturated_neuron("quadratic"),
        "slow_cross_entropy",
    ),
    Preset(
        "slow_cross_entropy",
        "lessons",
        "The same neuron with cross-entropy",
        "As wrong at first, with the same η. In δ = a − y no σ′ is left: the larger the mistake, the faster it is"
        " learned.",
        _saturated_neuron("binary_cross_entropy"),
        "slow_quadratic",
    ),
    Preset(
        "vanishing_sigmoid",
        "lessons",
        "A gradient that vanishes",
        "Six hidden sigmoid layers. Each multiplies the error by a σ′ of at most ¼ on its way back: at first the"
        " gradient of the first layer is more than a thousand times smaller than that of the last. The network learns"
        " nothing.",
        _deep("sigmoid", "xavier_normal"),
        "vanishing_relu",
    ),
    Preset(
        "vanishing_relu",
        "lessons",
        "As deep, with ReLU",
        "The slope of an active ReLU is 1, so the error arrives: the gradients of first and last layer are of one"
        " size, and the ring is learned.",
        _deep("relu", "he_normal"),
        "vanishing_sigmoid",
    ),
    Preset(
        "dead_relu",
        "lessons",
        "Dead neurons",
        "ReLU with a learning rate that is too large: a few violent updates push neurons to where z ≤ 0 for every"
        " example. Their gradient is 0 from then on, and nothing brings them back. Go back and try η = 0.1.",
        Recipe(
            _sorter(2, 16, 2, hidden="relu"),
            _CIRCLES,
            _training(3.0, 4, 20),
            InitializationRecipe("nielsen", 2),
        ),
    ),
    Preset(
        "too_fast",
        "lessons",
        "A learning rate that is too large",
        "Every step overshoots the valley and lands higher on the other side. The cost grows until a number is too"
        " large to be written; training stops at that very equation. Step through it, or go back and lower η.",
        Recipe(_fitter(1, 8, 1), DataRecipe("sine"), _training(2.0, 10, 100), InitializationRecipe()),
    ),
    Preset(
        "same_start",
        "lessons",
        "Neurons that begin alike",
        "All weights begin at 0, so the four hidden neurons get the same error and make the same step, for ever: four"
        " neurons, one line, and a ring that one line cannot fence in.",
        _from("zeros"),
        "different_start",
    ),
    Preset(
        "different_start",
        "lessons",
        "Neurons that begin differently",
        "The same network from random weights: each neuron finds a line of its own.",
        _from("nielsen"),
        "same_start",
    ),
    Preset(
        "underfitting",
        "lessons",
        "Too small for its task",
        "Two hidden neurons for two spirals: the cost settles far above 0, on the training examples as on the test."
        " More epochs do not help; more neurons do.",
        Recipe(
            _sorter(2, 2, 2), DataRecipe("spirals"), _training(0.01, 10, 62, _ADAM), InitializationRecipe("nielsen", 1)
        ),
        "two_spirals",
    ),
    Preset(
        "overfitting",
        "lessons",
        "Learned by heart",
        "Thirty noisy points and a thousand weights: soon every training example is right, and the cost on the test"
        " examples, which fell at first, rises and rises. The boundary winds around single points.",
        _few_points(_ADAM),
        "weight_decay",
    ),
    Preset(
        "weight_decay",
        "lessons",
        "Kept simple by L2",
        "The same points and the same network; every weight is drawn towards 0 a little. The boundary stays smooth,"
        " and the cost on the test examples stays low.",
        _few_points(OptimizerSpec("adam", l2=0.03)),
        "overfitting",
    ),
    Preset(
        "plain_descent",
        "lessons",
        "Without momentum",
        "Gradient descent goes down the slope it stands on: quickly at first, then slowly along the floor of the"
        " valley.",
        _along_the_sine(OptimizerSpec()),
        "momentum",
    ),
    Preset(
        "momentum",
        "lessons",
        "With momentum",
        "The same η; each step goes on with nine tenths of the one before. Along the floor of the valley steps add"
        " up, and the cost falls several times lower in the same epochs.",
        _along_the_sine(OptimizerSpec("momentum")),
        "plain_descent",
    ),
)

PRESETS: dict[str, Preset] = {one.name: one for one in (*_TASKS, *_LESSONS)}
"""Name → Preset, in the order a menu shows them."""
