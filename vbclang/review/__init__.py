"""What a partner asks before signing, found in the contract alone."""
