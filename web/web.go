// Package web holds the browser application as it was built, so that one binary serves everything.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist is the built application: index.html and hashed assets. A binary that was built without npm has no index.html in it;
// Built tells the two apart.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // the folder is named above
		return dist
	}
	return sub
}

// Built reports whether the application itself is inside, and not only its empty folder.
func Built() bool {
	_, err := fs.Stat(Dist(), "index.html")
	return err == nil
}
