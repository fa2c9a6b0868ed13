"""An app of somebody else that adds a kind of reward, a channel and a scorer: what docs/extending.md builds."""

app_name = "hub_parking"
app_title = "Hub Parking"
app_publisher = "Somebody Else"
app_description = "Parking as a reward"
app_email = "parking@example.com"
app_license = "MIT"

referral_hub_reward_kinds = {"Parking": "hub_parking.rewards.Parking"}
referral_hub_channels = ["hub_parking.channels.GateScreen"]
referral_hub_match_scorers = {"Parking": "hub_parking.matching.NearTheGarage"}
