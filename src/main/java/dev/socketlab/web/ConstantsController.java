package dev.socketlab.web;

import dev.socketlab.abi.Errno;
import dev.socketlab.json.value.Constants;
import dev.socketlab.web.door.ApiPath;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every constant that requests and answers name, with its value on this machine. */
@RestController
@RequestMapping(path = ApiPath.V1, produces = MediaType.APPLICATION_JSON_VALUE)
class ConstantsController {
    @GetMapping("/constants")
    Map<String, Integer> constants() {
        Map<String, Integer> all = new TreeMap<>(Errno.all());
        for (Constants family : Constants.values()) {
            all.putAll(family.names().all());
        }
        return all;
    }
}
