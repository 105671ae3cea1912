"""The lint room: drafting that is allowed and has cost others dear. Each rule with its page; a finding may be accepted with a reason."""
