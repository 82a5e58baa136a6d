package io.github.pgtandem.sample.shop.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says in the database's own words why it refused, so that the client of a retired version learns that it is one. */
@RestControllerAdvice
class DatabaseErrors {

    @ExceptionHandler
    void changedMeanwhile(OptimisticLockingFailureException e, HttpServletResponse response) throws IOException {
        response.sendError(HttpStatus.CONFLICT.value(), "Somebody else changed it meanwhile: read it again");
    }

    @ExceptionHandler
    void unacceptable(DataIntegrityViolationException e, HttpServletResponse response) throws IOException {
        response.sendError(HttpStatus.CONFLICT.value(), reason(e));
    }

    @ExceptionHandler
    void failed(DataAccessException e, HttpServletResponse response) throws IOException {
        response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value(), reason(e));
    }

    private static String reason(DataAccessException e) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    }
}
