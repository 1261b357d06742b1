"""A scheduler of its own, to be stopped and killed."""

from fairs import jobs
from fairs.app import create_app


def main() -> None:
    """Work until stopped."""
    jobs.main(create_app())
