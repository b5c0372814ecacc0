"""Whether cited texts carry a sentence: rules over words, figures and modals; no model, no state."""
