"""The only room that reads data: delivered files become columns of facts."""
