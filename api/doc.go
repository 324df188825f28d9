// Package api is JSON over HTTP: it reads a request, asks the desk, and answers. It holds no rule and no permission.
//
// openapi.yaml comes first. The routes are generated from it, every request is checked against it before a handler sees
// it, and an operation that does not say which act on which object it is, or that it is public, is not served.
package api

//go:generate ../bin/oapi-codegen -config oapi.yaml openapi.yaml
