"""plotly.js, which draws figures in a browser, as it came with plotly: pages carry it, and notebooks ask for it."""

from plotly.offline import get_plotlyjs


def plotly_js() -> bytes:
    """The script, 5 MB of it."""
    return get_plotlyjs().encode()
