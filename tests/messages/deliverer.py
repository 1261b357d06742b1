"""A delivering process of its own, to be killed: delivers until nothing is due."""

from fairs import clock
from fairs.app import create_app
from fairs.messages.delivery import deliver_due, new_owner


def main() -> None:
    """Deliver what is due."""
    app, owner = create_app(), new_owner()
    while deliver_due(app, owner, clock.now(), most=20):
        pass
