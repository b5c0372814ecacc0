"""What the browser runs for a click in the draft, beside it, or in the findings: one listener says what was wanted."""

from __future__ import annotations

# One listener for all that is in the draft or beside it: what was clicked says what it wants.
CLICKS = """
const act = (event) => {
  const at = event.target.closest('[data-do]');
  if (!at || !element.contains(at)) return;
  const button = at.tagName === 'BUTTON';
  if (event.type === 'keydown') {
    if (button || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
  } else if (!button && String(window.getSelection()).length > 1) return;
  document.querySelectorAll('.dwd-active').forEach((other) => other.classList.remove('dwd-active'));
  if (at.dataset.do.startsWith('look:')) at.classList.add('dwd-active');
  if (at.dataset.do.startsWith('own:')) setTimeout(() => {
    const box = document.querySelector('#dwd-editor textarea');
    box?.scrollIntoView({ block: 'nearest' });
    box?.focus();
  }, 600);
  trigger('click', { said: at.dataset.do });
};
new MutationObserver(() => {
  const mark = element.querySelector('.dw-text mark');
  const text = mark?.closest('.dw-text');
  if (text) text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
}).observe(element, { childList: true, subtree: true });
element.addEventListener('click', act);
element.addEventListener('keydown', act);
"""
