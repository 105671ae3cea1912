"""What must hold whatever arrives: proved from the contract alone, by bounds."""
