// A first session with the Go client that OpenAPI Generator makes of the service's document.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	lab "socketlab"
)

type session struct {
	client *lab.APIClient
	ctx    context.Context
	sid    string
}

func check(holds bool, seen interface{}) {
	if !holds {
		_, _, line, _ := runtime.Caller(1)
		panic(fmt.Sprintf("line %d: %+v", line, seen))
	}
}

// succeed fails with the answer of a call that has failed.
func succeed(err error) {
	if err != nil {
		if failure, is := err.(*lab.GenericOpenAPIError); is {
			panic(fmt.Sprintf("%v: %s", err, failure.Body()))
		}
		panic(err)
	}
}

func text(value string) *string { return &value }

func name(value string) lab.NameOrNumber { return lab.NameOrNumber{String: &value} }

func address(value string) lab.AddressRequest {
	return lab.AddressRequest{Addr: lab.SocketAddress{String: &value}}
}

// connect makes the connected sockets of a client and a server, 3 and 5; 4 listens.
func (s session) connect() {
	request := lab.GetaddrinfoRequest{}
	request.SetNode("server")
	request.SetService("80")
	found, _, err := s.client.NamesAPI.Getaddrinfo(s.ctx, s.sid).GetaddrinfoRequest(request).Execute()
	succeed(err)
	check(len(found.Res) > 0 && found.Res[0].Addr.IsSet(), found)

	first, _, err := s.client.ServerAPI.Socket(s.ctx, s.sid).Execute()
	succeed(err)
	check(first.Fd == 3, first) // on the first host, the client's
	server := lab.SocketRequest{}
	server.SetDomain(lab.AddressFamily{String: text("AF_INET")})
	server.SetType(lab.SocketType{String: text("SOCK_STREAM")})
	server.SetHost("server")
	listener, _, err := s.client.ServerAPI.Socket(s.ctx, s.sid).SocketRequest(server).Execute()
	succeed(err)
	check(listener.Fd == 4, listener)
	_, _, err = s.client.ServerAPI.Bind(s.ctx, s.sid, 4).AddressRequest(address("10.0.0.2:80")).Execute()
	succeed(err)
	backlog := lab.ListenRequest{}
	backlog.SetBacklog(5)
	_, _, err = s.client.ServerAPI.Listen(s.ctx, s.sid, 4).ListenRequest(backlog).Execute()
	succeed(err)
	_, _, err = s.client.ClientAPI.Connect(s.ctx, s.sid, 3).AddressRequest(address("10.0.0.2:80")).Execute()
	succeed(err)
	accepted, _, err := s.client.ConnectionAPI.Accept(s.ctx, s.sid, 4).Execute()
	succeed(err)
	peer := accepted.Addr.Get()
	check(accepted.Fd == 5 && *peer.Family.String == "AF_INET", accepted)
}

func (s session) transfer() {
	_, _, err := s.client.DataAPI.Send(s.ctx, s.sid, 3).SendRequest(*lab.NewSendRequest("hello")).Execute()
	succeed(err)
	received, _, err := s.client.DataAPI.Recv(s.ctx, s.sid, 5).RecvRequest(*lab.NewRecvRequest(100)).Execute()
	succeed(err)
	check(received.Data == "hello" && received.Encoding == "utf-8", received)
	request := lab.NewRecvRequest(100)
	request.SetFlags(lab.MessageFlags{ArrayOfString: &[]string{"MSG_DONTWAIT"}})
	_, answer, err := s.client.DataAPI.Recv(s.ctx, s.sid, 5).RecvRequest(*request).Execute()
	check(err != nil && answer.StatusCode == 409, answer)
}

func (s session) set(fd int32, option string) {
	one := 1.0
	request := lab.NewSetRequest(lab.OptionValue{Float64: &one})
	_, _, err := s.client.OptionsAPI.Setsockopt(s.ctx, s.sid, fd, option).SetRequest(*request).Execute()
	succeed(err)
}

func (s session) look() {
	s.set(3, "TCP_NODELAY")
	noDelay, _, err := s.client.OptionsAPI.Getsockopt(s.ctx, s.sid, 3, "TCP_NODELAY").Execute()
	succeed(err)
	check(*noDelay.Optval.Float64 == 1, noDelay)
	all, _, err := s.client.OptionsAPI.GetsockoptAll(s.ctx, s.sid, 3).Execute()
	succeed(err)
	read := map[string]lab.OptionValue{}
	for _, one := range all.Options {
		read[*one.Optname.String] = one.Optval
	}
	check(len(read) > 50, read)
	check(*read["SO_MAX_PACING_RATE"].Float64 == 1<<64, read) // the nearest that a float64 can be
	check(read["SO_LINGER"].Linger.LOnoff == 0, read)
	check(read["TCP_INFO"].TcpInfo.State == "ESTABLISHED", read)

	connected, _, err := s.client.WhatTheKernelKnowsAPI.GetSocket(s.ctx, s.sid, 5).Execute()
	succeed(err)
	check(connected.Tcp.Get().State == "ESTABLISHED", connected)
	check(*connected.Peer.Get().Address == "10.0.0.1", connected)
	listening, _, err := s.client.WhatTheKernelKnowsAPI.GetSocket(s.ctx, s.sid, 4).Execute()
	succeed(err)
	check(listening.GetState() == "LISTEN" && listening.Peer.Get() == nil, listening)
	check(*listening.Queues.Accept.Limit.Get() == 5, listening)
}

func (s session) wait() {
	epoll, _, err := s.client.SeveralAtOnceAPI.EpollCreate1(s.ctx, s.sid).Execute()
	succeed(err)
	entry := lab.NewEpollCtlRequest(lab.EpollOperation{String: text("EPOLL_CTL_ADD")}, 3)
	entry.SetEvents(lab.EpollEvents{ArrayOfString: &[]string{"EPOLLOUT"}})
	entry.SetData(map[string]string{"name": "client"})
	_, _, err = s.client.SeveralAtOnceAPI.EpollCtl(s.ctx, s.sid, epoll.Fd).EpollCtlRequest(*entry).Execute()
	succeed(err)
	waited, _, err := s.client.SeveralAtOnceAPI.EpollWait(s.ctx, s.sid, epoll.Fd).Execute()
	succeed(err)
	event := waited.Events[0]
	check(*event.Events[0].String == "EPOLLOUT", event)
	check(event.Data.(map[string]interface{})["name"] == "client", event)
}

func (s session) control() {
	pair, _, err := s.client.MessagesAPI.Socketpair(s.ctx, s.sid).Execute()
	succeed(err)
	rights := lab.NewControlRequest(name("SOL_SOCKET"), name("SCM_RIGHTS"))
	rights.SetFds([]int32{3})
	message := lab.SendmsgRequest{}
	message.SetMsgIov([]lab.IovecRequest{*lab.NewIovecRequest("take it")})
	message.SetMsgControl([]lab.ControlRequest{*rights})
	_, _, err = s.client.MessagesAPI.Sendmsg(s.ctx, s.sid, pair.Sv[0]).SendmsgRequest(message).Execute()
	succeed(err)
	room := lab.RecvmsgRequest{}
	room.SetIovLen([]int64{100})
	room.SetControllen(64)
	taken, _, err := s.client.MessagesAPI.Recvmsg(s.ctx, s.sid, pair.Sv[1]).RecvmsgRequest(room).Execute()
	succeed(err)
	check(len(taken.MsgControl[0].Fds) == 1, taken)

	datagrams := lab.SocketRequest{}
	datagrams.SetType(lab.SocketType{String: text("SOCK_DGRAM")})
	udp, _, err := s.client.ServerAPI.Socket(s.ctx, s.sid).SocketRequest(datagrams).Execute()
	succeed(err)
	itself := address("10.0.0.1:53")
	_, _, err = s.client.ServerAPI.Bind(s.ctx, s.sid, udp.Fd).AddressRequest(itself).Execute()
	succeed(err)
	s.set(udp.Fd, "IP_PKTINFO")
	datagram := lab.NewSendtoRequest("x")
	datagram.SetDestAddr(itself.Addr)
	_, _, err = s.client.MessagesAPI.Sendto(s.ctx, s.sid, udp.Fd).SendtoRequest(*datagram).Execute()
	succeed(err)
	told, _, err := s.client.MessagesAPI.Recvmsg(s.ctx, s.sid, udp.Fd).RecvmsgRequest(room).Execute()
	succeed(err)
	check(*told.MsgControl[0].Value.InPktinfo.IpiAddr == "10.0.0.1", told)
}

func main() {
	configuration := lab.NewConfiguration()
	configuration.Servers = lab.ServerConfigurations{{URL: os.Args[1]}}
	client := lab.NewAPIClient(configuration)
	ctx := context.Background()

	standard, _, err := client.SessionsAPI.CreateSession(ctx).Execute()
	succeed(err)
	check(standard.Hosts[0].Interface.Get() == nil, standard)
	_, _, err = client.ExitAPI.EndSession(ctx, standard.Id).Execute()
	succeed(err)

	request := lab.SessionRequest{}
	request.SetName("go")
	request.SetHosts([]lab.HostRequest{*lab.NewHostRequest("client"), *lab.NewHostRequest("server")})
	made, _, err := client.SessionsAPI.CreateSession(ctx).SessionRequest(request).Execute()
	succeed(err)
	check(*made.Hosts[1].Interface.Get() == "eth0", made)
	s := session{client, ctx, made.Id}
	for _, step := range []func(){s.connect, s.transfer, s.look, s.wait, s.control} {
		step()
	}
	report, _, err := client.ExitAPI.EndSession(ctx, made.Id).Execute()
	succeed(err)
	check(len(report.Closed) == 8 && len(report.Unfreed) == 1, report)
	fmt.Println("go: a first session")
}
