package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.linux.Netdb;
import org.junit.jupiter.api.Test;

class GetaddrinfoFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'getaddrinfo','node':'localhost','service':'80','hints':{'family':'AF_INET','socktype':'SOCK_STREAM','protocol':'IPPROTO_TCP','flags':['AI_PASSIVE']}}",
                new Call.Getaddrinfo("localhost", "80", new Netdb.Hints(1, 2, 1, 6)));
        Reading.assertIs(
                "{'call':'getaddrinfo','service':'80','host':'client'}",
                new Call.Getaddrinfo(null, "80", null, "client"));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'getaddrinfo','node':5}", "/node")
                .contains("text is expected");
        Reading.assertRefused("{'call':'getaddrinfo','node':'a\\u0000b'}", "/node")
                .contains("a C string has no NUL");
        Reading.assertRefused("{'call':'getaddrinfo','hints':{'flags':['AI_X']}}", "/hints/flags")
                .contains("unknown constant");
        Reading.assertRefused("{'call':'getaddrinfo','hints':{'x':1}}", "/hints/x")
                .contains("unknown field");
    }
}
