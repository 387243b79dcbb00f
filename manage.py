"""Django's entrance. People use bin/manage, which finds the environment first."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, ManagementUtility

from foundation import fence, memory

# These make tables, or look at how they are made; all else runs as the role that owns nothing. One
# encrypts anew what the tables let nobody change; its words are read and written inside each setting.
MAKING = {"prepare", "migrate", "makemigrations", "showmigrations", "sqlmigrate", "check", "docs"}
AS_OWNER = MAKING | {"renew_text_keys"}
BY_OWNERS_ADDRESS = AS_OWNER | {"backup", "restore"}


class Commands(ManagementUtility):
    """Django's, and ours."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        memory.settle()  # by now all is loaded
        return super().fetch_command(subcommand)


if __name__ == "__main__":
    memory.load()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if BY_OWNERS_ADDRESS.intersection(sys.argv[1:2]):
        os.environ |= {"DATABASE_URL": url} if (url := os.environ.get("HEDGEROW_OWNER_URL")) else {}
    if AS_OWNER.intersection(sys.argv[1:2]):
        fence.begin_as_owner()
    try:
        Commands(sys.argv).execute()
    except ImproperlyConfigured as refused:  # its text is for the person: no traceback
        sys.exit(str(refused))
