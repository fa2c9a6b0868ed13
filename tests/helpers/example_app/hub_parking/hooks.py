"""An app of somebody else that pays a kind of reward of its own, and says who lives near: what docs/developers.md tells to write."""

app_name = "hub_parking"
app_title = "Hub Parking"
app_publisher = "Somebody Else"
app_description = "Parking as a reward"
app_email = "parking@example.com"
app_license = "MIT"

referral_hub_reward_kinds = {"Parking": "hub_parking.rewards.Parking"}
referral_hub_match_scorers = {"Parking": "hub_parking.matching.NearTheGarage"}
