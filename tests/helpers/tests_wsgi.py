"""Run by gunicorn for the browser tests: the site as `./dev up` serves it, with templates and routes made once."""

from hub_wsgi import application
from made_once import make_once

make_once()

__all__ = ["application"]
