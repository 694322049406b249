"""What a reader sees of sentences, tables and pages, and text from data that must never be markup."""

from html.parser import HTMLParser

PAYLOADS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</td></tr></table><h1>x",
    "a & b <b>c</b> 'd' \"e\"",
    "<!-- <p>",
]


class Reader(HTMLParser):
    """What a browser would see: the tags with their attributes, and the text."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.comments = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.comments.append(data)


def seen(shown) -> Reader:
    return Reader(shown._repr_mimebundle_()["text/html"])


class Markup(HTMLParser):
    """What a browser would find in a page: its elements and, apart from scripts and styles, its text."""

    def __init__(self, page: str):
        super().__init__()
        self.elements, self.text, self.scripts = [], "", []
        self._inside = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = None

    def handle_data(self, data):
        if self._inside == "script":
            self.scripts.append(data)
        elif self._inside != "style":
            self.text += data

    @property
    def tags(self):
        return {tag for tag, _ in self.elements}

    def values(self, *names):
        return [attrs[name] for _, attrs in self.elements for name in names if name in attrs]


def starting(sentences: list[str], words: str) -> str:
    return next((sentence for sentence in sentences if sentence.startswith(words)), "")
