"""A channel as another app would add it."""


class Pigeon:
	label = "Pigeon"

	def address(self, reader):
		return f"loft of {reader.employee}"

	def send(self, delivery):
		return "Pigeon", delivery.address
