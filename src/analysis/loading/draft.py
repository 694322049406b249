"""What was typed and is not logged yet, in a hidden file beside the log: a closed window or a crash loses none of it."""

import json
from pathlib import Path

from analysis.errors import LogError
from analysis.system.atomic import write_whole
from analysis.system.locks import one_at_a_time


def draft_file(log: Path) -> Path:
    """Where what was typed for a log is kept."""
    return log.with_name(f".{log.name}.draft.json")


def kept_draft(log: Path, session: str) -> dict[str, str]:
    """Field -> what was typed there last, of one session; nothing of a file that says nothing."""
    return _drafts(draft_file(log)).get(session, {})


def keep_draft(log: Path, session: str, typed: dict[str, str]) -> None:
    """Keep what was typed in some fields of a session; what other windows keep stays. Raises LogError: unwritable."""
    _change(log, lambda drafts: drafts | {session: drafts.get(session, {}) | typed})


def drop_draft(log: Path, session: str) -> None:
    """Forget what was typed for a session. Raises LogError: unwritable."""
    _change(log, lambda drafts: {name: typed for name, typed in drafts.items() if name != session})


def _change(log: Path, change) -> None:
    file = draft_file(log)
    try:
        with one_at_a_time(log):
            drafts = change(_drafts(file))
            if drafts:
                write_whole(file, json.dumps(drafts, indent=1, ensure_ascii=False).encode("utf-8", "replace"))
            else:
                file.unlink(missing_ok=True)
    except OSError as error:
        what = f"what is typed cannot be kept beside it ({error.strerror})."
        raise LogError(log, what, "give its folder rights to write.", "unwritable") from None


def _drafts(file: Path) -> dict[str, dict[str, str]]:
    try:
        drafts = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = drafts.items() if isinstance(drafts, dict) else ()
    return {name: typed for name, typed in known if isinstance(typed, dict) and all(map(_is_text, typed.values()))}


def _is_text(value) -> bool:
    return isinstance(value, str)
