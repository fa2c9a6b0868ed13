"""Who to call first: how likely each person is to come back (`scoring`), and what fits whom (`matching`, the seam for a match engine)."""
