package api

import (
	"lizheng/civic"
	"lizheng/civic/space"
)

// aRoom is a room of the sample register, in use.
var aRoom = civic.NewID("sample room", "cz-tianning-hongmei-01", "便民服务大厅")

// sameAgain is a change that an allowed request may make over and over.
var sameAgain = civic.RoomChange{State: civic.RoomInUse, Uses: []string{"community_service"}, Station: civic.ManagementStation, TitleKind: civic.OwnershipTitle,
	TitleNumber: "示例", Reason: "核对"}

// anotherStreet: the sample room is a street's, and the matrix' clerks sit in other units; the story tells of the street's own.
func anotherStreet(c *cell) string {
	if c.role == civic.StreetClerk && c.want == allow {
		return "the sample room is no unit's that the matrix has people in"
	}
	return ""
}

// toldInTheStory: drafts of supplements are a street's or a district's; the story tells who may do what with them.
func toldInTheStory(c *cell) string {
	if c.relation != none {
		return "told in the story of a supplement"
	}
	return ""
}

// proposalOf is a proposal for a community of 红梅街道.
func proposalOf(region string) civic.SupplementForm {
	return civic.SupplementForm{Region: region, Means: civic.FromPurchase, Area: 600 * space.SquareMetre, Address: "红梅路9号", Storey: 1, Cost: 200_000_000, Money: "区级财政",
		Ready: "2028-06-30", Why: "老旧小区未配建社区用房"}
}
