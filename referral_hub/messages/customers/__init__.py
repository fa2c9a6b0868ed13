"""Words of a colleague to people outside, by their own account in a messenger: asked for here, confirmed and sent there."""
