"""Medical student scheduling: six published instances, through the product's own rules."""
