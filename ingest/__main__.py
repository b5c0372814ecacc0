"""The administrators' door: python -m ingest sync | status | show | remove | reindex | adapt | doctor."""

from __future__ import annotations

from ingest.commands.changing import adapt, reindex, remove
from ingest.commands.filling import sync
from ingest.commands.looking import doctor, read, show, status
from ingest.console import door

COMMANDS = (sync, status, show, remove, reindex, adapt, doctor, read)
main = door("党务智答：把法规和本单位材料读进资料库。", COMMANDS)


if __name__ == "__main__":
    main()
