"""``python -m app.openapi`` prints the description of the API, from which the page's types are generated.

The application is made without its page, so nothing has to be fetched or built first.
"""

import json
import sys

from app.main import create_api
from app.settings import Settings


def main() -> None:
    """Print the description as JSON."""
    json.dump(create_api(Settings()).openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
