// The step page: the room of a network, opened as it is.
// Whatever it is made of is wired in room.js.

import { openRoom } from "./room.js";

await openRoom();
