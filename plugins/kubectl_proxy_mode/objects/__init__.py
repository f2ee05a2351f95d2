"""The objects that say who carries service traffic, as Structs with only the fields that are read."""
