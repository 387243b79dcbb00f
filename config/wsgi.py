"""What the web server loads."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from foundation import memory

memory.load()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from foundation import safe_start  # noqa: E402  only after Django is set up

try:
    safe_start.refuse_unsafe()
except ImproperlyConfigured as refused:  # its text is for the person: no traceback
    sys.exit(str(refused))

memory.settle()
