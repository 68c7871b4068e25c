package dev.socketlab;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class SocketLabApplication {
    public static void main(String[] args) {
        SpringApplication.run(SocketLabApplication.class, args);
    }
}
