"""A scheduler of its own, to be stopped and killed."""

from fairs import jobs
from fairs.app import create_app

if __name__ == "__main__":
    jobs.main(create_app())
