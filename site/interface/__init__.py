"""What every page looks like and how Vietnamese is written: icons, drawings, tags, components, text."""
