"""The months as apps and sites write them, in the languages of their users, in full or short."""

import re
import unicodedata

NAMES = {  # language -> its months as they stand in a date; short forms are their beginnings (Unicode CLDR)
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
SHORT = {"mrt": 3, "jänner": 1, "feber": 2}  # Dutch; Austrian
NUMBERED = re.compile(r"(\d\d?)(?:月|월)")  # Chinese, Japanese, Korean


def month_of(word: str) -> int | None:
    """1 to 12; None where no language knows the word, or two disagree."""
    if match := NUMBERED.fullmatch(word):
        return int(match[1]) if 1 <= int(match[1]) <= 12 else None
    key = _plain(word)
    if len(key) < 3:
        return None
    if key in _FULL:
        return _FULL[key]
    begun = {number for name, number in _FULL.items() if name.startswith(key)}
    return begun.pop() if len(begun) == 1 else None


def _plain(word: str) -> str:
    """Without case, accents and the point of a short form."""
    folded = unicodedata.normalize("NFKD", word.casefold().rstrip("."))
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("ı", "i")


_FULL = {_plain(name): i for names in NAMES.values() for i, name in enumerate(names.split(), 1)}
_FULL |= {_plain(name): number for name, number in SHORT.items()}
