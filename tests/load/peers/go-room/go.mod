module go-room

go 1.19
