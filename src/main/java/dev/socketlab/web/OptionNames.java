package dev.socketlab.web;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.Constants;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Options as requests write them: names, levels and values. */
final class OptionNames {
    private OptionNames() {}

    /**
     * The level and number of an option. A name implies its level; a number needs one.
     *
     * @throws InvalidRequestException when there is no such name, or a number has no level
     */
    static SocketOption.Named resolve(String name, @Nullable String level) {
        Optional<SocketOption.Named> named = SocketOption.named(name);
        if (level == null) {
            return named.orElseThrow(() -> unknown(name));
        }
        int at = level(level);
        OptionalInt there = SocketOption.number(at, name);
        int optname =
                there.isPresent()
                        ? there.getAsInt()
                        : named.map(SocketOption.Named::optname)
                                .orElseGet(() -> number(name).orElseThrow(() -> unknown(name)));
        return new SocketOption.Named(at, optname);
    }

    static @Nullable DataEncoding encoding(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Stream.of(DataEncoding.values())
                .filter(encoding -> encoding.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidRequestException("encoding", "accepted: utf-8, base64, hex"));
    }

    /**
     * The value to set, in the form of the option; as {@code {"data","encoding"}} any option takes
     * its bytes.
     *
     * @throws InvalidRequestException when it has another form
     */
    static OptionValue value(SocketOption.Named option, JsonNode optval) {
        if (optval.isObject() && optval.has("data")) {
            return raw(optval);
        }
        OptionForm form =
                SocketOption.find(option.level(), option.optname())
                        .map(SocketOption::form)
                        .orElse(OptionForm.INT);
        return switch (form) {
            case INT -> new OptionValue.Scalar(integer(optval, "/optval"), Integer.BYTES);
            case U64 -> {
                if (!optval.isIntegralNumber()
                        || optval.bigIntegerValue().bitLength() > Long.SIZE) {
                    throw expected("a number that fits 64 bits");
                }
                yield new OptionValue.Scalar(optval.bigIntegerValue().longValue(), Long.BYTES);
            }
            case TEXT -> {
                if (!optval.isString()) {
                    throw expected("text");
                }
                try {
                    DataEncoding.UTF_8.decode(optval.stringValue());
                } catch (IllegalArgumentException e) {
                    throw new InvalidRequestException("/optval", String.valueOf(e.getMessage()));
                }
                yield new OptionValue.Text(optval.stringValue());
            }
            case LINGER -> {
                fields(optval, "l_onoff", "l_linger");
                yield new OptionValue.Linger(
                        integer(optval.get("l_onoff"), "/optval/l_onoff"),
                        integer(optval.get("l_linger"), "/optval/l_linger"));
            }
            case TIMEVAL -> {
                fields(optval, "tv_sec", "tv_usec");
                yield new OptionValue.Timeval(
                        time(optval.get("tv_sec"), "/optval/tv_sec"),
                        time(optval.get("tv_usec"), "/optval/tv_usec"));
            }
            case UCRED -> {
                fields(optval, "pid", "uid", "gid");
                yield new OptionValue.Ucred(
                        integer(optval.get("pid"), "/optval/pid"),
                        integer(optval.get("uid"), "/optval/uid"),
                        integer(optval.get("gid"), "/optval/gid"));
            }
            case MREQ -> GroupRequests.ipv4(optval);
            case IPV6_MREQ -> GroupRequests.ipv6(optval);
            case TCP_INFO -> new OptionValue.Raw(new byte[Integer.BYTES]);
            case RAW -> {
                if (optval.isIntegralNumber()) {
                    yield new OptionValue.Scalar(integer(optval, "/optval"), Integer.BYTES);
                }
                throw expected("{\"data\",\"encoding\"}");
            }
        };
    }

    private static OptionValue raw(JsonNode optval) {
        for (String field : optval.propertyNames()) {
            if (!List.of("data", "encoding").contains(field)) {
                throw new InvalidRequestException("/optval/" + field, "unknown field");
            }
        }
        JsonNode encoding = optval.get("encoding");
        DataEncoding named =
                encoding == null ? DataEncoding.UTF_8 : encoding(encoding.asString(""));
        if (named == null || !optval.get("data").isString()) {
            throw new InvalidRequestException("/optval/data", "text is expected here");
        }
        try {
            return new OptionValue.Raw(named.decode(optval.get("data").stringValue()));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("/optval/data", String.valueOf(e.getMessage()));
        }
    }

    static void fields(JsonNode optval, String... names) {
        if (!optval.isObject()
                || optval.size() != names.length
                || !Stream.of(names).allMatch(optval::has)) {
            throw expected("{\"" + String.join("\",\"", names) + "\"}");
        }
    }

    static int integer(@Nullable JsonNode value, String where) {
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new InvalidRequestException(where, "a number that fits a C int is expected here");
        }
        return value.intValue();
    }

    private static long time(@Nullable JsonNode value, String where) {
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidRequestException(where, "a whole number is expected here");
        }
        return value.longValue();
    }

    static InvalidRequestException expected(String what) {
        return new InvalidRequestException("/optval", what + " is expected here");
    }

    private static int level(String text) {
        OptionalInt level = SocketLevel.NAMES.value(text);
        return level.isPresent() ? level.getAsInt() : Constants.PROTOCOL.value("level", text);
    }

    /** The number of a level by its name. */
    static OptionalInt levelValue(String name) {
        OptionalInt level = SocketLevel.NAMES.value(name);
        return level.isPresent() ? level : IpProtocol.NAMES.value(name);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.decode(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static InvalidRequestException unknown(String name) {
        boolean isNumber = number(name).isPresent();
        String text = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        return new InvalidRequestException(
                "name",
                isNumber
                        ? "an option given by number needs ?level=, such as SOL_SOCKET or"
                                + " IPPROTO_TCP ("
                                + IpProtocol.IPPROTO_TCP
                                + ")"
                        : "unknown option \"" + text + "\"; GET /api/v1/constants lists the names");
    }
}
