"""Words for somebody who is called back: `facts` reads what can be said, `writing` fills the template that fits. Sends nothing."""
