def verify(company=None):
	return []
