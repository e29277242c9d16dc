"""What each command does; a module is loaded only when its command is called."""
