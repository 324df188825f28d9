// The rulebook: parameters, calendar and places, as the desk asks for them.

package postgres
