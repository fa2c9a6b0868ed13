"""What referrers and candidates say of it once a referral is over: asked once (`asking`), answered once (`answering`), forgotten (`forgetting`)."""
