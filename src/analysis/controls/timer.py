"""A button that counts seconds down by itself: it asks no kernel and no network, and sounds when the time is over."""

import html

from analysis.language import said

STYLE = (
    "font: inherit; min-width: 9rem; min-height: 2.25rem; margin: 2px 6px 2px 0; padding: 0 10px; cursor: pointer; "
    "color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 4px"
)
# The clock of the page is asked at each step, so that a window in the background is not late; the sound is ordered at
# the press, which a browser wants before it lets a page be heard.
COUNT_DOWN = """
((b) => {
  const rest = () => { clearInterval(b.tick); b.tick = 0; if (b.sound) { b.sound.close(); b.sound = null; } };
  if (b.tick) { rest(); b.textContent = b.dataset.label; return; }
  const seconds = Number(b.dataset.seconds), ends = Date.now() + 1000 * seconds;
  try {
    const sound = b.sound = new AudioContext(), tone = sound.createOscillator(), at = sound.currentTime + seconds;
    tone.connect(sound.destination); tone.start(at); tone.stop(at + 0.4);
  } catch (silent) { b.sound = null; }
  const show = () => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left > 0) { b.textContent = left + b.dataset.stop; return; }
    b.textContent = b.dataset.label + b.dataset.over;
    clearInterval(b.tick); b.tick = 0; setTimeout(rest, 1000);
    if (navigator.vibrate) navigator.vibrate(300);
  };
  b.tick = setInterval(show, 200); show();
})(this)
"""


def timer(what: str, seconds: float) -> str:
    """The button as HTML: `Rest 90 s`; pressed it counts down, pressed again it stops."""
    label = html.escape(f"{what} {seconds:g} s")
    run = html.escape(" ".join(COUNT_DOWN.split()))
    words = {"stop": said(" s (press to stop)"), "over": said(": over")}
    told = f'data-label="{label}" data-seconds="{seconds:g}"'
    told += "".join(f' data-{name}="{html.escape(text)}"' for name, text in words.items())
    return f'<button type="button" class="timer" style="{STYLE}" {told} onclick="{run}">{label}</button>'
