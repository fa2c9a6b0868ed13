"""Where everything lives: this checkout, the bench, and the private folder `.hub` inside the bench."""

import os
from dataclasses import dataclass
from pathlib import Path

APP = "referral_hub"
UPSTREAM_APPS = ("frappe", "erpnext", "hrms")
BRANCH = "version-15"
DEFAULT_BENCH = "~/referral-hub-bench"


@dataclass(frozen=True)
class Layout:
	checkout: Path
	bench: Path

	@property
	def hub(self) -> Path:
		return self.bench / ".hub"

	@property
	def tools(self) -> Path:
		return self.hub / "tools"

	@property
	def node(self) -> Path:
		return self.hub / "node"

	@property
	def run(self) -> Path:
		return self.hub / "run"

	@property
	def logs(self) -> Path:
		return self.hub / "logs"

	@property
	def dumps(self) -> Path:
		return self.hub / "dumps"

	@property
	def sites(self) -> Path:
		return self.bench / "sites"

	@property
	def apps(self) -> Path:
		return self.bench / "apps"

	@property
	def python(self) -> Path:
		return self.bench / "env" / "bin" / "python"

	@property
	def output(self) -> Path:
		"""Results that belong to the checkout; git ignores the folder."""
		return self.checkout / ".dev"

	def app(self, name: str) -> Path:
		return self.apps / name

	def site(self, name: str) -> Path:
		return self.sites / name


def find_layout() -> Layout:
	checkout = Path(__file__).resolve().parent.parent
	bench = Path(os.environ.get("HUB_BENCH") or DEFAULT_BENCH).expanduser().absolute()
	return Layout(checkout, bench)
