"""The pages of colleagues whom HR asked to write to somebody of the talent pool: `listing` all of them, `asked` one."""
