"""Who says that they drive goes well with an opening that has a garage."""


class NearTheGarage:
	label = "Parking"

	def scores(self, pairs):
		return [
			1 if "garage" in opening.description and "drives" in person.words else None
			for opening, person in pairs
		]
