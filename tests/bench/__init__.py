"""How fast Hedgerow is: what bin/bench measures, and how. See docs/speed.md."""
