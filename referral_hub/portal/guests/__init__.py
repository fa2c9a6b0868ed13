"""The pages that people outside the company open by a code or a signed link; `portal/renderer.py` serves them."""
