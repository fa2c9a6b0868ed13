"""What uninstalling takes away, so that HRMS is left as it was."""


def before_uninstall():
	pass
