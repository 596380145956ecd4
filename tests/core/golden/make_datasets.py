"""Writes the packaged data from the copies that scikit-learn ships; run by hand, with scikit-learn installed.

The files are small NumPy archives without objects, so reading them runs nothing.
"""

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[3] / "backprop_core" / "datasets" / "data"


def main() -> None:
    """Fetch the four sets and write each as ``<name>.npz`` beside the table."""
    from sklearn import datasets

    for name, loaded in {
        "iris": datasets.load_iris(),
        "wine": datasets.load_wine(),
        "breast_cancer": datasets.load_breast_cancer(),
        "digits": datasets.load_digits(),
    }.items():
        inputs = loaded.data.astype(np.uint8 if name == "digits" else np.float64)
        np.savez_compressed(
            FOLDER / f"{name}.npz",
            inputs=inputs,
            classes=loaded.target.astype(np.uint8),
            class_names=np.array([str(one) for one in loaded.target_names]),
            input_names=np.array([str(one) for one in loaded.feature_names]),
        )


if __name__ == "__main__":
    main()
