"""The application object for web servers and the ``flask`` command."""

from fairs.app import create_app

app = create_app()
