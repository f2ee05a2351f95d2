"""Makes a plugin a single file that needs no Python: `python -m freeze [PLUGIN…]`.

`plugin.spec` is PyInstaller's recipe and `contents` what it leaves out; `binary` runs it, `archive`
packs the result as krew takes it. `start` is what a frozen binary runs before the plugin.
"""
